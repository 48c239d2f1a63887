import { type InputOptions, type OutputOptions, defineConfig } from 'rolldown';

/** The bundles that users run. What is only needed at times (uploading, rendering) lies in chunks that load when needed. */
export const bundleInput: InputOptions = {
  input: {
    action: 'src/action/main.ts',
    post: 'src/action/post.ts',
    cli: 'src/cli/main.ts',
  },
  platform: 'node',
  // These only define things. Without this, undici (1 MB, for a proxy that the toolkit may ask for) loads before the first step.
  treeshake: {
    moduleSideEffects: [
      { test: /node_modules\/(?:@actions\/(?:core|http-client|exec|io)|undici|tunnel)\//, sideEffects: false },
    ],
  },
  // `await using` and the like are rewritten: dist/cli.js also runs on the Node 20 that many images have.
  transform: { target: 'node20' },
};

export const bundleOutput: OutputOptions = {
  dir: 'dist',
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  // What runs can be read. (Minified it is half the size, and reaches the first step a tenth sooner.)
  minify: false,
  banner: (chunk) => (chunk.name === 'cli' && chunk.isEntry ? '#!/usr/bin/env node' : ''),
};

export default defineConfig({ ...bundleInput, output: bundleOutput });
