import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Endpoint} from '../servers/request.ts';
import {until} from '../servers/until.ts';
import type {Bench} from './cases.ts';
import {fiftyManifests, standing, wanted} from './manifests.ts';

type Needs = {
	readonly mkcoa: Bench['mkcoa'];
	readonly kubectl: string;
	readonly folder: string;
	readonly env: NodeJS.ProcessEnv;
	readonly admin: Endpoint;
	readonly signal: AbortSignal;
};

/** Writes the manifests, and brings the Deployment up that is described and planned for: by mkcoa, so that its fields are mkcoa's own. */
export function setStage({
	mkcoa: [node, ...script],
	kubectl,
	folder,
	env,
	admin,
	signal,
}: Needs): Pick<Bench, 'wantedFile' | 'fiftyFile' | 'freshNamespace'> {
	const file = (name: string, text: string) => {
		const path = join(folder, name);
		writeFileSync(path, text);
		return path;
	};
	const run = (program: string, args: readonly string[]) => execFileSync(program, args, {env, stdio: ['ignore', 'pipe', 'inherit']});
	run(node, [...script, 'k8s', 'apply', '-f', file('standing.yaml', standing), '--yes', '--quiet']);
	run(kubectl, ['-n', 'shop', 'rollout', 'status', 'deployment/web', '--timeout=120s']);
	let namespaces = 0;
	return {
		wantedFile: file('deployment.yaml', wanted),
		fiftyFile: file('fifty.yaml', fiftyManifests),
		async freshNamespace() {
			const name = `apply-${namespaces++}`;
			run(kubectl, ['create', 'namespace', name]);
			// Controllers give it an account and a bundle of certificates first.
			for (const path of ['serviceaccounts/default', 'configmaps/kube-root-ca.crt'])
				await until(admin, {path: `/api/v1/namespaces/${name}/${path}`}, ({status}) => status === 200, {signal});
			return name;
		},
	};
}
