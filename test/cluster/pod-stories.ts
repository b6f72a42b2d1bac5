import type {ContainerStatus, Pod} from '../../src/sandbox/life/pod-shapes.ts';
import {isKind} from '../../src/sandbox/life/world.ts';
import {connected} from './connected.ts';
import type {ControlPlane} from './control-plane.ts';

/** A pod's first container, one change after the other: its state, its restarts, and `+` when it is ready. */
type Story = {readonly states: readonly string[]; readonly pod: Pod | undefined};

export type PodStories = {
	readonly of: (name: string) => Story;
	/** False as long as nothing was told of the pod. */
	readonly is: (name: string, isRight: (states: readonly string[], pod: Pod) => boolean) => boolean;
	readonly close: () => Promise<void>;
};

const stateOf = ({state, ready, restartCount}: ContainerStatus) => {
	const reason = state.waiting?.reason ?? state.terminated?.reason ?? 'Running';
	return `${reason} ${restartCount}${ready ? '+' : ''}`;
};

/** Writes down every status that pods of the namespace shop have from now on: what lasts half a second is not missed. */
export async function podStories(plane: ControlPlane): Promise<PodStories> {
	const {cluster, close} = await connected(plane.kubeconfig, 'admin');
	const told = new Map<string, {readonly states: string[]; pod: Pod}>();
	const tell = (pod: Pod) => {
		const story = told.get(pod.metadata.name) ?? {states: [], pod};
		told.set(pod.metadata.name, story);
		story.pod = pod;
		const first = pod.status?.containerStatuses?.[0];
		if (first !== undefined && story.states.at(-1) !== stateOf(first)) story.states.push(stateOf(first));
	};
	const type = await cluster.typeOf('pods');
	const stopped = new AbortController();
	const watching = (async () => {
		for await (const event of cluster.watch({type, namespace: 'shop'}, stopped.signal)) {
			if (event.type !== 'synced' && isKind(event.object, 'Pod')) tell(event.object);
		}
	})().catch(error => {
		if (!stopped.signal.aborted) throw error;
	});
	return {
		of: name => ({states: told.get(name)?.states ?? [], pod: told.get(name)?.pod}),
		is(name, isRight) {
			const story = told.get(name);
			return story !== undefined && isRight(story.states, story.pod);
		},
		async close() {
			stopped.abort();
			await watching;
			await close();
		},
	};
}
