import type {JsonObject} from '../../../../core/json.ts';
import type {Labels} from './object.ts';

/** A label of nodes, one of whose values the nodes of the pods have. */
export type NodeWish = {readonly key: string; readonly values: readonly string[]; readonly isWanted: boolean; readonly isHard: boolean};

/** Where pods go, beside a plain node selector. `topology`: a label of nodes, such as `kubernetes.io/hostname`. */
export type Placing = {
	readonly apart?: {readonly topology: string; readonly isHard: boolean} | undefined;
	readonly nodes: readonly NodeWish[];
	readonly spread: readonly {readonly topology: string; readonly maxSkew: number; readonly isHard: boolean}[];
};

const term = (topologyKey: string, matchLabels: Labels): JsonObject => ({topologyKey, labelSelector: {matchLabels}});

/** An affinity of pods: a rule, or a wish of full weight. */
const affinityOf = (isHard: boolean, one: JsonObject): JsonObject =>
	isHard
		? {requiredDuringSchedulingIgnoredDuringExecution: [one]}
		: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, podAffinityTerm: one}]};

const expression = ({key, values, isWanted}: NodeWish): JsonObject =>
	values.length === 0 ? {key, operator: isWanted ? 'Exists' : 'DoesNotExist'} : {key, operator: isWanted ? 'In' : 'NotIn', values};

function nodeAffinity(nodes: readonly NodeWish[]): JsonObject | undefined {
	const [hard, soft] = [nodes.filter(({isHard}) => isHard), nodes.filter(({isHard}) => !isHard)];
	if (nodes.length === 0) return undefined;
	return {
		requiredDuringSchedulingIgnoredDuringExecution:
			hard.length === 0 ? undefined : {nodeSelectorTerms: [{matchExpressions: hard.map(expression)}]},
		preferredDuringSchedulingIgnoredDuringExecution:
			soft.length === 0 ? undefined : soft.map(one => ({weight: 100, preference: {matchExpressions: [expression(one)]}})),
	};
}

/** The fields of a pod spec that say where its pods go. @param own labels of the pods, from which they keep away or over which they spread */
export function placing({apart, nodes, spread}: Placing, own: Labels): JsonObject {
	const affinity: JsonObject = {
		nodeAffinity: nodeAffinity(nodes),
		podAntiAffinity: apart && affinityOf(apart.isHard, term(apart.topology, own)),
	};
	return {
		affinity: Object.values(affinity).every(value => value === undefined) ? undefined : affinity,
		topologySpreadConstraints:
			spread.length === 0
				? undefined
				: spread.map(({topology, maxSkew, isHard}) => ({
						maxSkew,
						topologyKey: topology,
						whenUnsatisfiable: isHard ? 'DoNotSchedule' : 'ScheduleAnyway',
						labelSelector: {matchLabels: own},
					})),
	};
}
