import { t as makeGithubLog } from "./github-jcAUP_lL.js";

export { makeGithubLog };