import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import type {ControlledBackend} from '../backends/backend.ts';
import {controllers, progressOf} from '../backends/controllers.ts';
import type {Progress} from '../backends/progress.ts';
import {controlledPicture, controlledShares} from './controlled-picture.ts';
import type {Progressed} from './own-picture.ts';
import {type Around, ofKind, type Seen, type Sight, wantedBelow, wantedNamed} from './sight.ts';

/** The copy that a controller keeps beside its workload. */
const copyNames: {readonly [kind in ControlledBackend['kind']]: (name: string) => readonly string[]} = {
	'argo-rollout': () => [],
	flagger: name => [`${name}-primary`],
	kruise: name => [`${name}-canary`],
};

/** `Rollout.v1alpha1.argoproj.io`, as discovery finds a kind whose plural nobody told. */
function kindWord({apiVersion, kind}: KubeObject): string {
	const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
	return [kind, version, group].filter(part => part !== '').join('.');
}

/** A rollout that a controller carries out: its own object, which is watched, says how far it is. What its analyses measured is asked for. */
export function controlledSight(found: ControlledBackend, {cluster, watched}: Around): Sight {
	const {controller, workload} = found;
	const namespace = controller.metadata.namespace ?? '';
	const refers = workload !== undefined && workload !== controller;
	const names = workload === undefined ? [] : [workload.metadata.name, ...copyNames[found.kind](workload.metadata.name)];
	let analysed: Pick<Progress, 'analyses' | 'notChecked'> = {analyses: [], notChecked: []};
	let isGone = false;

	const current = (object: KubeObject) =>
		ofKind(watched.all(), object.kind).find(({metadata}) => metadata.name === object.metadata.name) ?? object;

	const backend = (): ControlledBackend => ({
		...found,
		controller: current(controller),
		workload: workload === undefined ? undefined : current(workload),
	});

	/** Argo's own object owns the replica sets, also where it refers to a workload; the others have two workloads side by side. */
	function workloads(): readonly KubeObject[] {
		if (found.kind === 'argo-rollout') return [current(controller)];
		return workload === undefined ? [] : ofKind(watched.all(), workload.kind).filter(({metadata}) => names.includes(metadata.name));
	}

	function progressed(progress: Progress): Progressed {
		if (!isGone) return controlledPicture(progress);
		return {summary: progress.object, state: 'failed', metrics: [], reason: `${refText(refOf(controller))} was deleted`, next: []};
	}

	return {
		wanted: () => [
			wantedNamed(kindWord(controller), namespace, controller.metadata.name),
			...(refers ? names.map(name => wantedNamed(kindWord(workload), namespace, name)) : []),
			...wantedBelow([...workloads(), ...(refers ? [workload] : [])], namespace),
		],
		async look() {
			const now = await cluster.get(refOf(controller));
			isGone = now === undefined;
			if (now !== undefined) analysed = await progressOf(cluster, {...backend(), controller: now});
		},
		seen(): Seen {
			const {analyses, notChecked} = analysed;
			const progress = {...controllers[found.kind].progress(backend()), analyses, notChecked};
			const all = watched.all();
			return {
				progressed: progressed(progress),
				...controlledShares(progress),
				objects: {workloads: workloads(), sets: ofKind(all, 'ReplicaSet'), pods: ofKind(all, 'Pod')},
			};
		},
	};
}
