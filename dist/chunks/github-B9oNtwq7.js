import { t as makeGithubLog } from "./github-DpcGW3GK.js";

export { makeGithubLog };