import type {Endpoint} from '../request.ts';
import {startControlPlane} from '../start.ts';
import {type Asker, tokenOf} from './row.ts';

/** A server under comparison: how each asker reaches it, and how it ends. */
export type Server = {readonly as: (asker: Asker) => Endpoint; readonly stop: () => Promise<void>};

export async function realServer(say: (line: string) => void): Promise<Server> {
	const {url, ca, tokens, stop} = await startControlPlane({say});
	return {as: asker => ({url, ca, token: tokenOf(asker, name => tokens[name])}), stop};
}
