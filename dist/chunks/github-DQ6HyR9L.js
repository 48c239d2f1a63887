import { t as makeGithubLog } from "./github-BwTNKjbB.js";

export { makeGithubLog };