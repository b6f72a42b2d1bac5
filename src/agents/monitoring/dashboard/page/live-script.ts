import {createHash} from 'node:crypto';

/**
 * What a served page does: puts in what the server sends, keeps open what was opened, and says so when the server is gone. What comes was escaped
 * where it was written, and the page's policy runs no other script.
 */
export const liveScript = `
const state=document.getElementById('state');
const feed=new EventSource('events');
feed.onmessage=({data})=>{
const open=[...document.querySelectorAll('details[open]')].map(each=>each.id);
document.querySelector('main').innerHTML=JSON.parse(data);
for(const id of open)document.getElementById(id)?.setAttribute('open','');
state.hidden=true;
};
feed.onerror=()=>{state.hidden=false};
`.trim();

/** The script by its hash, as a Content-Security-Policy allows it. */
export const liveScriptHash = `sha256-${createHash('sha256').update(liveScript).digest('base64')}`;
