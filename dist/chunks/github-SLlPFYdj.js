import { t as makeGithubLog } from "./github-Cd6WNoYb.js";

export { makeGithubLog };