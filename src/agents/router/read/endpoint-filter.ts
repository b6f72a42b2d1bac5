import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../core/kube/selector.ts';
import type {Clause} from '../clause.ts';
import type {World} from '../world.ts';
import type {StateFilter} from './lack-filters.ts';

/** `services without endpoints`, `that select nothing`, `with no pods behind them`. */
const nobodyBehind =
	/\b(?:without|no|zero|lack\w*|missing|have no|has no) (?:any )?(?:ready )?(?:endpoints?|backends?|pods? behind)\b|\bselects? (?:nothing|nobody|no pods?)\b|엔드포인트\S?\s?(?:가 |이 )?(?:하나도 )?(?:없|비어)|(?:받쳐|뒤에 )\S*\s?파드\S?\s?없/i;

/** Whether a clause asks for Services behind which nothing stands. */
const asksForNobodyBehind = ({text}: Clause): boolean => nobodyBehind.test(text);

/** Services behind which nothing stands: those that select no pod that is there. */
export async function endpointFilter(clause: Clause, kinds: readonly string[], world: World): Promise<readonly StateFilter[]> {
	if (!kinds.includes('Service') || !asksForNobodyBehind(clause)) return [];
	const pods = await world.objects('Pod');
	const isServed = ({spec, metadata}: KubeObject) =>
		pods.some(pod => pod.metadata.namespace === metadata.namespace && fitsMap(objectAt(spec, 'selector'), pod.metadata.labels));
	return [
		{
			en: 'without endpoints',
			ko: '엔드포인트가 없는',
			test: service => service.kind === 'Service' && Object.keys(objectAt(service.spec, 'selector')).length > 0 && !isServed(service),
		},
	];
}
