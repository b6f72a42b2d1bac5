import type {Consequence} from '../../../core/plan.ts';
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
export const unreadNotes = ({notChecked}: RouteObjects, isRouted: boolean): readonly Consequence[] =>
	notChecked
		.filter(text => isRouted || unknownOf(text) === 0)
		.map(text => ({
			id: 'not-checked',
			severity: 'warning',
			text: `Not checked: ${text}; so it is not known ${unknowns[unknownOf(text)]?.[1] ?? ''}`,
		}));
