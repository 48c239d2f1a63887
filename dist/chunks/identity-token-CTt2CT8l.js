import { a as requestGithubToken, i as readIdentityToken, n as hasIdentityToken, r as parseTokenClaims, t as hasGithubTokenService } from "./identity-token-DaXRTyEo.js";

export { hasIdentityToken, readIdentityToken };