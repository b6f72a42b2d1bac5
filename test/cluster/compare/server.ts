import {type Endpoint, request} from '../request.ts';
import {startControlPlane} from '../start.ts';
import {type Asker, at, tokenOf} from './row.ts';

/** A server under comparison: how each asker reaches it, and how it ends. */
export type Server = {
	readonly as: (asker: Asker) => Endpoint;
	/** Forgets the versions of the past, as a server does after some minutes. */
	readonly forget: () => Promise<void>;
	readonly stop: () => Promise<void>;
};

export async function realServer(say: (line: string) => void = () => {}): Promise<Server> {
	const {url, etcdUrl, ca, tokens, stop} = await startControlPlane({say});
	return {
		as: asker => ({url, ca, token: tokenOf(asker, name => tokens[name])}),
		async forget() {
			const etcd = (path: string, body: object) => request({url: etcdUrl}, {method: 'POST', path, body});
			const {text} = await etcd('/v3/kv/range', {key: btoa('/'), limit: 1});
			const {status, text: answer} = await etcd('/v3/kv/compaction', {
				revision: at(JSON.parse(text), 'header', 'revision'),
				physical: true,
			});
			if (status !== 200) throw new Error(`etcd did not compact: ${answer}`);
		},
		stop,
	};
}
