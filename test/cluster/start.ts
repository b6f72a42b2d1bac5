import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {threeNodes} from '../servers/seeds.ts';
import {until} from '../servers/until.ts';
import {binaryPath} from './binaries.ts';
import {selfSigned} from './certificate.ts';
import {kubeconfigText, people, type User, writeFrontProxy, writeIdentities} from './cluster-files.ts';
import {apiServer, controllerManager, etcd, kubelets, kwok, scheduler} from './components.ts';
import type {ControlPlane, Program} from './control-plane.ts';
import {freePorts} from './free-ports.ts';
import type {KubeletConfig} from './kubelet/play.ts';
import {Processes} from './processes.ts';
import {seed} from './seed.ts';

export type {ControlPlane};

export type ControlPlaneOptions = {
	/** Where the kubeconfig goes; into the temporary folder when left out. */
	readonly kubeconfig?: string | undefined;
	readonly say?: (line: string) => void;
	/** Socket of a `PodNetwork`, by which the API server reaches pods and what else is not itself. */
	readonly network?: string | undefined;
	/** Whether privileged containers are taken; they are not if left out. */
	/** What becomes of a container; by the tag of its image if left out. */
	readonly images?: KubeletConfig['images'];
	/** Bodies of its nodes, see `seedNode`; one in each of three zones if left out. */
	readonly nodes?: readonly object[];
	/** What the audit log holds; requests of people without bodies if left out, which is what `audit.ts` reads. */
	readonly auditPolicy?: object | undefined;
	/** Gives up starting. */
	readonly signal?: AbortSignal;
};

/**
 * Returns when its nodes are Ready and pods can be placed.
 * @throws with the last lines of the program that failed; nothing is left running then
 */
export async function startControlPlane({
	kubeconfig,
	say = () => {},
	signal,
	network,
	images = 'by their tags',
	nodes = threeNodes,
	auditPolicy,
}: ControlPlaneOptions = {}): Promise<ControlPlane> {
	const failure = new AbortController();
	const died = Promise.withResolvers<Error>();
	const processes = await Processes.open(reason => {
		failure.abort(reason);
		died.resolve(reason);
	});
	const {folder} = processes;
	const run = (program: Program) => {
		const file = 'script' in program ? process.execPath : binaryPath(program.name);
		if (!existsSync(file)) throw new Error(`${program.name} was not built. Run npm run cluster:build`);
		say(`starting ${program.name}`);
		processes.start({name: program.name, file, args: 'script' in program ? [program.script, ...program.args] : program.args});
	};
	const stop = () => processes.stop();
	try {
		const giveUp = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
		const access = await startPrograms({folder, run, signal: giveUp, say, network, images, nodes, auditPolicy});
		const path = kubeconfig ?? join(folder, 'kubeconfig');
		writeFileSync(path, kubeconfigText(access, people), {mode: 0o600});
		return {
			...access,
			kubeconfig: path,
			auditLog: join(folder, 'audit.log'),
			folder,
			get pids() {
				return processes.pids;
			},
			run,
			signal: failure.signal,
			died: died.promise,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

type Wiring = {
	readonly folder: string;
	readonly run: ControlPlane['run'];
	readonly signal: AbortSignal;
	readonly say: (line: string) => void;
	readonly network: string | undefined;
	readonly images: KubeletConfig['images'];
	readonly nodes: readonly object[];
	readonly auditPolicy: object | undefined;
};

async function startPrograms({folder, run, signal, say, network, images, nodes, auditPolicy}: Wiring) {
	const tokens = writeIdentities(folder, auditPolicy);
	mkdirSync(join(folder, 'pki'));
	const frontProxy = writeFrontProxy(folder);
	const [client, peer, secure, kubelet] = await freePorts(4);
	if (client === undefined || peer === undefined || secure === undefined || kubelet === undefined)
		throw new Error('four ports were asked for');
	const etcdUrl = `http://127.0.0.1:${client}`;
	const url = `https://127.0.0.1:${secure}`;
	run(etcd(folder, etcdUrl, `http://127.0.0.1:${peer}`));
	await until({url: etcdUrl}, {path: '/health'}, ({status}) => status === 200, {signal});
	run(apiServer(folder, secure, etcdUrl, {auditLog: join(folder, 'audit.log'), frontProxy, network}));
	const ca = await certificate(join(folder, 'pki', 'apiserver.crt'), signal);
	const admin = {url, ca, token: tokens.admin};
	await until(admin, {path: '/readyz'}, ({status}) => status === 200, {signal});
	const configOf = (user: User) => {
		const path = join(folder, `${user.replace(':', '-')}.kubeconfig`);
		writeFileSync(path, kubeconfigText({url, ca, tokens}, [user]), {mode: 0o600});
		return path;
	};
	run(controllerManager(folder, configOf('system:kube-controller-manager')));
	run(scheduler(configOf('system:kube-scheduler')));
	const served = {port: kubelet, images, ...selfSigned('kubelet')};
	run(kubelets(folder, {kubeconfig: configOf('kubelet'), url, ca, token: tokens.kubelet, ...served}));
	run(kwok(configOf('kwok'), kubelet));
	say('waiting for nodes');
	await seed(admin, nodes, signal);
	return {url, etcdUrl, ca, tokens, addOnKubeconfig: configOf('add-on')};
}

/** The server writes its certificate some time after its start. */
async function certificate(path: string, signal: AbortSignal): Promise<string> {
	for (;;) {
		signal.throwIfAborted();
		try {
			const text = readFileSync(path, 'utf8');
			if (text.trimEnd().endsWith('-----END CERTIFICATE-----')) return text;
		} catch {
			// Not there yet; a server that died aborts the signal.
		}
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}
