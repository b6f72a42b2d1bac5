import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import {knownDeeds} from '../../../access/known-deeds.ts';
import type {Deed} from '../../../access/kubectl-actions.ts';
import {kubectlDeeds} from '../../../access/kubectl-actions.ts';
import {placedContainers} from '../../../diagnosis/container-place.ts';

/** What the containers of a workload are known to want of the cluster, and which container wants it. */
export type WorkloadDeeds = {
	/** Its commands say so. */
	readonly told: readonly Deed[];
	/** Programs of this kind do so, mostly. */
	readonly usual: readonly Deed[];
	/** Those that keep a Lease. */
	readonly election: readonly Deed[];
	readonly container: string | undefined;
};

const texts = (list: readonly Json[]) => list.filter(each => typeof each === 'string');

function variablesOf(container: Json, here: string): ReadonlyMap<string, string> {
	return new Map(
		listAt(container, 'env').flatMap((variable): readonly (readonly [string, string])[] => {
			const isOwn = textAt(variable, 'valueFrom', 'fieldRef', 'fieldPath') === 'metadata.namespace';
			const [name, value] = [textAt(variable, 'name'), isOwn ? here : textAt(variable, 'value')];
			return name === undefined || value === undefined ? [] : [[name, value]];
		}),
	);
}

/** What a workload does in the cluster for all that its spec tells. */
export const deedsOf = oncePerObject((workload: KubeObject): WorkloadDeeds => {
	const here = workload.metadata.namespace ?? '';
	const all = placedContainers(workload).map(({container, name}) => {
		const command = [...texts(listAt(container, 'command')), ...texts(listAt(container, 'args'))];
		const image = textAt(container, 'image') ?? '';
		const variables = variablesOf(container, here);
		// An image whose entry is kubectl is given the rest as arguments.
		const isEntry = /(?:^|\/)kubectl(?:[:@]|$)/.test(image) && valueAt(container, 'command') === undefined;
		const told = kubectlDeeds(isEntry ? ['kubectl', ...command] : command, here, variables);
		return {name, told, ...knownDeeds(image, command, here, variables)};
	});
	return {
		told: all.flatMap(({told}) => told),
		usual: all.flatMap(({own}) => own),
		election: all.flatMap(({election}) => election),
		container: all.find(({told}) => told.length > 0)?.name,
	};
});

/** The account that the pods of a workload sign in as. */
export const accountOf = (workload: KubeObject): string => textAt(podSpecOf(workload), 'serviceAccountName') || 'default';
