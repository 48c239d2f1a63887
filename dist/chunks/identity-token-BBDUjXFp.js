import { a as requestGithubToken, i as readIdentityToken, n as hasIdentityToken, r as parseTokenClaims, t as hasGithubTokenService } from "./identity-token-BPBjLi83.js";

export { hasIdentityToken, readIdentityToken };