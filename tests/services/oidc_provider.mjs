// A certified OpenID Connect provider where whoever types an e-mail address is that person.
import { Provider } from "oidc-provider";

const [port, redirectUri, algorithm] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "engage",
      client_secret: "a secret of two & more",
      redirect_uris: [redirectUri],
      response_types: ["code"],
      grant_types: ["authorization_code"],
      id_token_signed_response_alg: algorithm,
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256"] },
  jwks: { keys: [await newKey("RS256"), await newKey("ES256")] },
  cookies: { keys: ["of the tests"] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, email: id, email_verified: !id.startsWith("unproved"), name: "Eva   Lind" }),
  }),
  async loadExistingGrant({ oidc }) {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});
provider.listen(Number(port), "127.0.0.1");

async function newKey(alg) {
  const kind =
    alg === "RS256"
      ? { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }
      : { name: "ECDSA", namedCurve: "P-256" };
  const { privateKey } = await crypto.subtle.generateKey(kind, true, ["sign", "verify"]);
  const { key_ops, ext, ...jwk } = await crypto.subtle.exportKey("jwk", privateKey);
  return { ...jwk, alg, use: "sig", kid: alg };
}
