import {at} from '../servers/questions.ts';
import {request} from '../servers/request.ts';
import {type Server, tokenOf} from '../servers/server.ts';
import {startControlPlane} from './start.ts';

export async function realServer(say: (line: string) => void = () => {}): Promise<Server> {
	const {url, etcdUrl, ca, tokens, stop} = await startControlPlane({say});
	return {
		patienceMs: 40_000,
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
