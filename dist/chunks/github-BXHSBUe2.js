import { t as makeGithubLog } from "./github-BDbMNOZQ.js";

export { makeGithubLog };