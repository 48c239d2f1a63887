import { t as makeGithubLog } from "./github-BcfS80nh.js";

export { makeGithubLog };