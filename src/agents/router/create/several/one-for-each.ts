import type {World} from '../../world.ts';
import {speaksOfCopy} from '../copies/copy-wish.ts';
import {withoutExcluded} from '../reading/excluded-places.ts';
import {type Wish, wishOf} from '../reading/wish.ts';
import {membersIn} from './members.ts';
import {toldOf} from './told-of.ts';

const counted =
	/\b(?:two|three|four|five|2|3|4|5) (?=(?:(?:new|fresh|more|further|small|extra|throwaway|temporary|test|identical|plain) )*(?:config ?maps|namespaces|secrets|pods|deployments|stateful ?sets|(?:cron ?)?jobs|services|(?:resource ?)?quotas|limit ?ranges|(?:service ?)?accounts|claims|pvcs|(?:disruption )?budgets|pdbs|autoscalers|hpas)\b)|(?<=[가-힣]) ?(?:두|세|네|다섯|2|3|4|5) ?개(?:만|를|의|요)?(?= )/gi;

/** A wish for several alike as one wish for each: of several names, in several namespaces, for several workloads. */
export async function oneForEach(told: Wish, world: World): Promise<readonly Wish[]> {
	const namespaces = await world.namespaces();
	const wish = wishOf(withoutExcluded(told.text, namespaces), told.language);
	if (speaksOfCopy(wish)) return [wish];
	const workloads = (await Promise.all(['Deployment', 'StatefulSet'].map(kind => world.objects(kind)))).flat();
	const classes = (await Promise.all(['StorageClass', 'IngressClass', 'PriorityClass', 'Node'].map(kind => world.objects(kind)))).flat();
	const taken = new Set([...namespaces, ...[...workloads, ...classes].map(({metadata}) => metadata.name)]);
	const members = membersIn(wish, {
		namespaces,
		workloads: workloads.map(({metadata}) => metadata.name),
		isTaken: name => taken.has(name),
	});
	if (members.length < 2) return [wish];
	return toldOf(wish, members).map(text => wishOf(text.replaceAll(counted, ' '), wish.language));
}
