import type {Consequence} from '../../../../core/plan.ts';
import type {RouteObjects} from './route-objects.ts';

/** What is not known where a kind could not be read. The first that fits counts. */
const unknowns: readonly (readonly [RegExp, string])[] = [
	[/^(?:httproutes|grpcroutes|virtualservices|services|ingresses)\b/, 'whether requests come by another way'],
	[/^(?:rollouts|canaries)\b/, 'whether a controller writes its weights too'],
	[/^referencegrants\b/, 'whether its gateway may send requests to the Service of the canary'],
	[/^destinationrules\b/, 'whether traffic policies leave the canary out'],
	[/^/, 'whether they hold for the pods of the canary'],
];

const unknownOf = (text: string) => unknowns.findIndex(([pattern]) => pattern.test(text));

/**
 * Silence about what could not be read would look like a pass.
 * @param isRouted only then the canary has pods and weights of its own; else what leads to it alone counts
 */
export function unreadNotes({notChecked}: RouteObjects, isRouted: boolean): readonly Consequence[] {
	// One note for what is not known, however many kinds could have told it.
	const byUnknown = Map.groupBy(notChecked, unknownOf);
	return [...byUnknown]
		.filter(([unknown]) => isRouted || unknown === 0)
		.sort(([a], [b]) => a - b)
		.map(([unknown, texts]) => ({
			id: 'not-checked',
			severity: 'warning',
			text: `Not checked: ${texts.join(', ')}; so it is not known ${unknowns[unknown]?.[1] ?? ''}`,
		}));
}
