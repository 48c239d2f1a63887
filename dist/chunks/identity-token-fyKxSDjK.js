import { a as requestGithubToken, i as readIdentityToken, n as hasIdentityToken, r as parseTokenClaims, t as hasGithubTokenService } from "./identity-token-DV-pEi3g.js";

export { hasIdentityToken, readIdentityToken };