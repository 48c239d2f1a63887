import { t as makeGithubLog } from "./github-COmWIWza.js";

export { makeGithubLog };