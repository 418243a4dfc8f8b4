/**
 * Inside the shadow root. An important rule of ours on :host beats every rule of the page, important ones and
 * style attributes included, because inner trees win among important declarations.
 */
export const STYLES = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:auto 0 0 auto!important;width:0!important;height:0!important;z-index:2147483647!important;pointer-events:auto!important}
*{box-sizing:border-box}
button,.card,.sorry{font:500 15px/1.35 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;margin:0;border:0;padding:0;cursor:pointer;-webkit-tap-highlight-color:transparent}
.launcher{position:fixed;bottom:calc(20px + env(safe-area-inset-bottom));right:20px;height:56px;min-width:56px;max-width:calc(100vw - 40px);border-radius:28px;background:var(--eg-accent);color:var(--eg-ink);display:flex;align-items:center;justify-content:center;box-shadow:0 1px 3px rgb(0 0 0/.14),0 8px 24px rgb(0 0 0/.18);transition:transform .12s ease-out,filter .12s ease-out;animation:eg-in .2s ease-out}
.launcher:hover{filter:brightness(1.07)}
.launcher:active{transform:scale(.95)}
.launcher:focus-visible,.card:focus-visible,.card button:focus-visible{outline:3px solid var(--eg-accent);outline-offset:3px}
.icons{position:relative;width:56px;height:56px;flex:none}
svg{position:absolute;inset:15px;width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round;transition:transform .2s ease-out,opacity .12s ease-out}
.shut,.is-open .bubble{opacity:0;transform:rotate(-30deg) scale(.7)}
.is-open .shut{opacity:1;transform:none}
.label{padding-inline-end:22px;margin-inline-start:-6px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.is-open .label,.label:empty{display:none}
.badge{position:absolute;top:-3px;right:-3px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#d92d20;color:#fff;font:600 12px/22px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;text-align:center;box-shadow:0 0 0 2px #fff}
.card{position:fixed;bottom:calc(88px + env(safe-area-inset-bottom));right:20px;width:300px;max-width:calc(100vw - 40px);background:#fff;color:#16181d;border-radius:14px;padding:14px 40px 14px 16px;text-align:start;box-shadow:0 0 0 1px rgb(0 0 0/.06),0 12px 40px rgb(0 0 0/.18);animation:eg-up .2s ease-out}
.card b{display:block;font-weight:600;font-size:14px}
.card span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;font-weight:400;font-size:14px;overflow-wrap:anywhere}
.card .dismiss{position:absolute;top:8px;right:8px;width:28px;height:28px;border-radius:8px;background:none;color:inherit}
.card .dismiss svg{inset:7px;width:14px;height:14px;opacity:.6}
.panel{position:fixed;bottom:calc(88px + env(safe-area-inset-bottom));right:20px;width:390px;height:640px;max-height:calc(100vh - 108px);max-width:calc(100vw - 40px);border-radius:var(--eg-radius,16px);overflow:hidden;background:#fff;box-shadow:0 0 0 1px rgb(0 0 0/.06),0 16px 56px rgb(0 0 0/.22);visibility:hidden;opacity:0;transform:translateY(12px) scale(.98);transform-origin:100% 100%;transition:opacity .12s ease-out,transform .2s ease-out,width .2s ease-out,height .2s ease-out,visibility 0s .2s}
.panel.wide{width:640px;height:820px}
.panel.is-open{visibility:visible;opacity:1;transform:none;transition-delay:0s}
iframe{display:block;width:100%;height:100%;border:0;opacity:0;transition:opacity .12s ease-out}
iframe.is-ready{opacity:1}
.sorry{position:absolute;inset:0;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:16px;background:inherit;text-align:center;cursor:default}
.sorry button{padding:10px 18px;border-radius:10px;background:var(--eg-accent);color:var(--eg-ink)}
.left .launcher,.left .card,.left .panel{right:auto;left:20px}
.left .panel{transform-origin:0 100%}
[hidden]{display:none!important}
@media (prefers-color-scheme:dark){.panel,.card{background:#17191e;color:#eceef2;box-shadow:0 0 0 1px rgb(255 255 255/.1),0 16px 56px rgb(0 0 0/.6)}.badge{box-shadow:0 0 0 2px #17191e}}
@media (max-width:479px){.panel,.panel.wide{inset:0 0 auto 0!important;width:100%;height:100vh;height:100dvh;max-width:none;max-height:none;border-radius:0}.is-open .launcher{display:none}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.launcher,.card,.panel{border:1px solid}}
@media print{:host{display:none!important}}
@keyframes eg-in{from{opacity:0;transform:scale(.6)}}
@keyframes eg-up{from{opacity:0;transform:translateY(10px)}}
`;
