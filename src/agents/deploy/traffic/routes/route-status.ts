import {listAt, numberAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';

/** What the gateways say of a route: those that do not take it, and what is wrong with where it leads. */
export type RouteStatus = {
	/** Gateways that said anything. */
	readonly parents: number;
	/** `edge: NoMatchingParent (…)` for each that refuses it. */
	readonly refused: readonly string[];
	readonly unresolved: readonly string[];
	/** Whether a gateway has not looked at the newest version yet. */
	readonly isBehind: boolean;
};

/** Reads `status.parents` of an HTTPRoute or GRPCRoute. Others have none. */
export function routeStatus(route: KubeObject): RouteStatus {
	const parents = objectsAt(route, 'status', 'parents');
	const saying = (type: string) =>
		parents.flatMap(parent =>
			objectsAt(parent, 'conditions')
				.filter(condition => condition.type === type && condition.status === 'False')
				.map(condition => {
					const message = plainLine(wordAt(condition, 'message'), 200);
					const reason = plainLine(wordAt(condition, 'reason'), 60);
					return `${plainLine(wordAt(parent, 'parentRef', 'name'), 60)}: ${reason}${message === '' ? '' : ` (${message})`}`;
				}),
		);
	const generation = route.metadata.generation ?? 0;
	return {
		parents: parents.length,
		refused: saying('Accepted'),
		unresolved: saying('ResolvedRefs'),
		isBehind: parents.some(parent =>
			listAt(parent, 'conditions').some(condition => (numberAt(condition, 'observedGeneration') ?? generation) < generation),
		),
	};
}

/** Whether no gateway takes the route, so that no request comes by it. One that nobody has looked at may be new. */
export const isRefused = ({parents, refused}: RouteStatus) => parents > 0 && refused.length >= parents;
