import { t as makeGithubLog } from "./github-BIf54SsY.js";

export { makeGithubLog };