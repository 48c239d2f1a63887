import { t as makeGithubLog } from "./github-Cf6o0Svn.js";

export { makeGithubLog };