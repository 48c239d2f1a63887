import { t as makeGithubLog } from "./github-CWGpY22y.js";

export { makeGithubLog };