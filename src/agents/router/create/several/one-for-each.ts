import type {World} from '../../world.ts';
import {speaksOfCopy} from '../copies/copy-wish.ts';
import {withoutExcluded} from '../reading/excluded-places.ts';
import {type Wish, wishOf} from '../reading/wish.ts';
import {membersIn} from './members.ts';
import {toldOf} from './told-of.ts';

const counted =
	/\b(?:two|three|four|five|2|3|4|5) (?=(?:(?:new|fresh|more|further|small|extra|throwaway|temporary|test|identical|plain) )*(?:config ?maps|namespaces|secrets|pods|deployments|stateful ?sets|(?:cron ?)?jobs|services|(?:resource ?)?quotas|limit ?ranges|(?:service ?)?accounts|claims|pvcs|(?:disruption )?budgets|pdbs|autoscalers|hpas)\b)|(?<=[가-힣])(?<!최소|최대|[은는] ?) ?(?:두|세|네|다섯|2|3|4|5) ?개(?:만|를|의|요)?(?= )/gi;

const same =
	/[.;,]\s*(?:and )?(?:(?:the )?(?:same|ditto|likewise)(?: thing)?(?: goes)? for|so (?:does|do|should)) (?:the )?([a-z0-9][a-z0-9-]*)(?:,? (?:too|as well|please))?[.!]*\s*$|[.,]\s*([a-z0-9][a-z0-9-]*)도 ?(?:똑같이|마찬가지|동일하게|같게|그렇게)[^.]*[.]?\s*$/i;

/** `web needs a budget of 1. Same for cake.` → `web and cake need …` */
function withSame(text: string, names: ReadonlySet<string>): string {
	const found = same.exec(text);
	const other = found?.[1] ?? found?.[2];
	if (found === null || other === undefined || !names.has(other)) return text;
	const before = text.slice(0, found.index);
	const [first, ...more] = new Set(wishOf(before, 'en').words.flatMap(({raw}) => (names.has(raw) ? [raw] : [])));
	return first === undefined || more.length > 0
		? text
		: before.replace(new RegExp(`(?<![\\w-])${first}(?![\\w-])`), `${first} and ${other}`);
}

/** A wish for several alike as one wish for each: of several names, in several namespaces, for several workloads. */
export async function oneForEach(told: Wish, world: World): Promise<readonly Wish[]> {
	const namespaces = await world.namespaces();
	const workloads = (await Promise.all(['Deployment', 'StatefulSet'].map(kind => world.objects(kind)))).flat();
	const names = new Set(workloads.map(({metadata}) => metadata.name));
	const wish = wishOf(withoutExcluded(withSame(told.text, names), namespaces), told.language);
	if (speaksOfCopy(wish)) return [wish];
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
