import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {systemClock} from '../../src/core/clock.ts';
import {listAt, numberAt, textAt} from '../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import {type SandboxOptions, startSandbox} from '../../src/sandbox/start.ts';
import {runMkcoa} from './host.ts';
import {temporaryFolder} from './temporary-folder.ts';
import {whenOver} from './when-over.ts';

export type Place = {readonly kind: string; readonly namespace?: string; readonly name: string};

/** How fast the time of the embedded cluster runs, so that pods start and end within a test. */
const ownSpeed = 40;
/** Of a shop whose time its commands have, too: slow enough that a busy machine does not lose them minutes of it. */
const sharedSpeed = 20;

/** Pods that ended by themselves are not waited for. */
const isReady = (pod: KubeObject) =>
	textAt(pod, 'status', 'phase') === 'Succeeded' ||
	(pod.metadata.deletionTimestamp === undefined &&
		listAt(pod, 'status', 'conditions').some(each => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True'));

const isComplete = (deployment: KubeObject) =>
	['replicas', 'updatedReplicas', 'readyReplicas'].every(
		field => (numberAt(deployment, 'status', field) ?? 0) === numberAt(deployment, 'spec', 'replicas'),
	);

/**
 * The embedded shop for the tests of one file, and command lines that reach it through a kubeconfig file.
 * @param hasty the commands wait by the shop's clock, not by the machine's; `speed` 1 is for tests in which nothing has to happen by itself
 */
export async function openShop({
	hasty = false,
	speed = hasty ? sharedSpeed : ownSpeed,
	...more
}: Pick<SandboxOptions, 'tokens' | 'speed'> & {readonly hasty?: boolean} = {}) {
	const folder = await temporaryFolder();
	const clock = systemClock({speed, background: true});
	const sandbox = await startSandbox({scenario: 'shop', clock, ...more});
	whenOver(() => sandbox.stop());
	const kubeconfig = join(folder, 'kubeconfig');
	await writeFile(kubeconfig, sandbox.kubeconfig);
	const {machine} = sandbox;
	const run = (words: readonly string[], more: Partial<Parameters<typeof runMkcoa>[1]> = {}) =>
		runMkcoa(['--kubeconfig', kubeconfig, '-n', 'shop', ...words], {folder, ...(hasty ? {clock} : {}), ...more});
	const get = ({kind, namespace = 'shop', name}: Place): KubeObject => {
		const found = machine.get(kind, kind === 'Node' ? undefined : namespace, name);
		if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
		return found;
	};
	return {
		folder,
		kubeconfig,
		sandbox,
		run,
		get,
		/** The typed outcome that `--json` prints. */
		async outcome(words: readonly string[]): Promise<AnyOutcome> {
			return JSON.parse((await run(['--json', ...words])).out);
		},
		/** A person at a plain terminal who says yes to the plan, or what is given, after something happened while it was read. Answers what was shown, too. */
		async reviewed(words: readonly string[], whileRead: () => void, says?: string, env: {readonly [variable: string]: string} = {}) {
			const input = new PassThrough();
			let shown = '';
			const screen = {
				write(text: string) {
					shown += text;
					const question = /(?:Apply this plan\? \[y\/N\]|apply it, type (\S+):) $/.exec(text);
					if (question === null) return;
					whileRead();
					input.write(`${says ?? question[1] ?? 'y'}\n`);
				},
			};
			const person = {env: {MKCOA_PLAIN: '1', ...env}, streams: {canAsk: true}, terminal: {input, screen}};
			return {...(await run(['--json', ...words], person)), shown};
		},
		/** A pod of a workload that runs and is ready. */
		podOf(app: string): string {
			const isReady = ({metadata, status}: KubeObject) =>
				metadata.labels?.app === app &&
				metadata.deletionTimestamp === undefined &&
				JSON.stringify(status).includes('"Ready","status":"True"');
			const pod = machine.list('Pod', 'shop').find(each => each.metadata.labels?.app === app && isReady(each));
			if (pod === undefined) throw new Error(`no pod of ${app} is ready`);
			return pod.metadata.name;
		},
		/** Resolves when every pod of the shop is ready, and no controller has more to say of its workloads. */
		async settled() {
			while (!machine.list('Pod', 'shop').every(isReady) || !machine.list('Deployment', 'shop').every(isComplete))
				await new Promise<void>(resolve => {
					const stop = machine.watch(() => {
						stop();
						resolve();
					});
				});
		},
		/** Somebody else's hand: a label that nobody had put there. */
		touch(place: Place, label = 'by-somebody-else') {
			const object = get(place);
			machine.update({...object, metadata: {...object.metadata, labels: {...object.metadata.labels, [label]: 'yes'}}}, 'somebody-else');
		},
		/** Writes that went over the wire while something was done. */
		async writesDuring(go: () => Promise<unknown>): Promise<readonly string[]> {
			sandbox.requests.clear();
			await go();
			return sandbox.requests.writes().map(({method, path}) => `${method} ${path}`);
		},
	};
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
