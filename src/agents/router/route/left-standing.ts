import {numberAt} from '../../../core/kube/json-at.ts';
import {scalableKinds} from '../change/targets.ts';
import {languageOf} from '../words/language.ts';
import {numberOf} from '../words/number-words.ts';
import type {World} from '../world.ts';

const count = '(?<count>\\d+|zero|an?(?! couple)|a couple of|one|two|three|four|five|six|seven|eight|nine|ten|twelve)';
const unit = '(?:replicas?|pods?|instances?|copies|copy)';
const few = '(?:just|only|exactly|a single|all of)';
const state =
	'(?:idling|idle|standing(?: by| ready)?|running|parked|waiting|sitting|warm|alive|around|up(?: and running)?|ready|on standby|in reserve|live|in place|resting|there)';
const name = "(?:the\\s+)?(?<name>[a-z][\\w-]*)(?:['’]s)?(?:\\s+(?:side|deployment|track|pods|half|one|fleet|statefulset))?";
const end =
	'(?=\\s*(?:$|[.;!,](?:\\s|$)|(?:and|but|then|while|please|for now|for (?:the|a|one|this|some) [a-z]+|tonight|today|meanwhile|afterwards|as (?:a|the) (?:fallback|reserve|spare|backup)|just in case|in case|so that|until)\\b))';
const begin = '(?<joint>^\\s*|[.;:!,]\\s+|\\b(?:and|but|then|while|please|just|also)\\s+)';
const keep = '(?:leave|leaving|keep|keeping|hold|holding|let|letting|have|having)';

const english: readonly RegExp[] = [
	// `leave blue idling with 2`, `keep web running at three pods`
	`${begin}${keep}\\s+${name}(?:\\s+(?:idle|stand|run|sit|wait|rest)|\\s+${state})*(?:\\s+${few})*\\s+(?:with|at|on|to|down to)(?:\\s+${few})*\\s+${count}(?:\\s+${unit})?(?:\\s+${state})*${end}`,
	// `leave two blue pods standing`, `keep 2 pods of blue around`
	`${begin}${keep}(?:\\s+${few})*\\s+${count}\\s+(?:of\\s+)?${name.replace('|pods|', '|')}\\s+${unit}(?:\\s+${state})*${end}`,
	`${begin}${keep}(?:\\s+${few})*\\s+${count}\\s+${unit}\\s+(?:of|on|for|in)\\s+${name}(?:\\s+${state})*${end}`,
	// `leave blue 2 pods`, `2 pods of blue may linger`
	`${begin}(?:leave|leaving|keep|keeping)\\s+${name}(?:\\s+${few})*\\s+${count}\\s+${unit}(?:\\s+${state})*${end}`,
	`${begin}(?:${few}\\s+)*${count}\\s+${unit}\\s+(?:of|on)\\s+${name}\\s+(?:should|shall|must|are to|can|may)\\s+(?:stay|remain|idle|stand|sit|wait|rest|run|hang|linger)(?:\\s+${state})*${end}`,
	// `…, with blue idling at 2`, `blue stays up with two pods`
	`(?<joint>[,;]\\s+|\\b(?:and|but|while)\\s+)with\\s+${name}(?:\\s+${state}|\\s+(?:left|kept))+\\s+(?:with|at|on)(?:\\s+${few})*\\s+${count}(?:\\s+${unit})?${end}`,
	`${begin}${name}\\s+(?:stays?|remains?|idles?|stands?|hangs?|lingers?|(?:should|shall|must|is to|can|may)\\s+(?:stay|remain|idle|stand|sit|wait|rest|run|hang|linger))(?:\\s+${state})*(?:\\s+${few})*\\s+(?:with|at|on)(?:\\s+${few})*\\s+${count}(?:\\s+${unit})?(?:\\s+${state})*${end}`,
].map(pattern => new RegExp(pattern, 'gi'));

const left = '(?:남겨|살려|놔|세워|깔아|내버려)\\s?';
const goesOn = `(?:${left}(?:두|놓)|남기|살리|대기\\s?(?:시키|하)|대기하게\\s?(?:하|두)|유지\\s?(?:하|시키)|두)(?<go>고|며|면서)`;
const closes = `(?:${left}(?:둬|놔|두|놓)|남겨|살려|대기\\s?(?:시켜|해|하게\\s?(?:해|둬))|유지\\s?(?:해|시켜)|둬|두)(?<close>줘요?|\\s?주세요|\\s?주십시오|주시고|요|세요|자)?(?=\\s|[.!,]|$)`;
const korean = new RegExp(
	`(?<name>[a-z][\\w-]*|블루|그린|카나리|스테이블)(?<behind>(?:\\s?(?:쪽|디플로이먼트|파드))?)(?:은|는|을|를|도)\\s(?:(?:파드|레플리카)(?:를|는|은)?\\s)?(?<count>\\d+|한|두|세|네|다섯)\\s?(?:개|대)(?:로|만|씩|는|를)?\\s(?:정도(?:만|로|는)?\\s)?(?:대기\\s?상태로\\s|띄워\\s?|켜\\s?|그냥\\s)?(?:${goesOn}|${closes})`,
	'gi',
);

const colours: {readonly [word: string]: string} = {블루: 'blue', 그린: 'green', 카나리: 'canary', 스테이블: 'stable'};

/** What guards or scales them by itself has numbers of its own. */
const ofOthers = /\b(?:pdbs?|budgets?|hpas?|autoscal\w*|quotas?|disruptions?|create|new)\b|예산|오토\s?스케일|쿼터|만들|생성/i;

/**
 * `leave blue idling with 2` → `scale blue to 2 replicas`, where it has another number of them now: what has as many already is left as it is.
 */
export async function leftStanding(request: string, world: World): Promise<string> {
	const isOfOthers = ofOthers.test(request);
	const workloads = (await Promise.all(scalableKinds.map(kind => world.objects(kind)))).flat();
	const isOther = (spoken: string, said: string) => {
		const word = colours[spoken] ?? spoken.toLowerCase();
		const wanted = countOf(said);
		return workloads.some(
			({metadata, spec}) =>
				(metadata.name === word || (isColour.test(word) && metadata.name.endsWith(`-${word}`))) &&
				(numberAt({spec: spec ?? {}}, 'spec', 'replicas') ?? 1) !== wanted,
		);
	};
	const order =
		(toOrder: (groups: Groups) => string) =>
		(found: string, ...rest: readonly unknown[]) => {
			const groups = rest.at(-1) as Groups;
			const {name: spoken = '', count: many = '', joint = ''} = groups;
			// `a budget for web; keep web at 2` is one wish, `a budget for web and leave cake with 2` are two.
			const isApart = /and|but|[;.]/.test(joint) && request.split(new RegExp(`(?<![\\w-])${RegExp.escape(spoken)}(?![\\w-])`)).length === 2;
			return (!isOfOthers || isApart) && isOther(spoken, many) ? toOrder(groups) : found;
		};
	if (languageOf(request) === 'ko')
		return request.replaceAll(
			korean,
			order(({name: spoken, behind, count: many, go, close}) =>
				go === undefined
					? `${spoken}${behind} ${countOf(many ?? '')}개로 맞춰${close ?? '줘'}`
					: `${spoken}${behind} ${countOf(many ?? '')}개로 맞추${go}`,
			),
		);
	return english.reduce(
		(text, pattern) =>
			text.replaceAll(
				pattern,
				order(({joint = '', name: spoken, count: many}) => {
					const before = /^,\s*$/.test(joint) ? ', and ' : joint;
					return `${before}scale ${spoken} to ${countOf(many ?? '')} replicas`;
				}),
			),
		request,
	);
}

const countOf = (said: string) => (/^an?$/i.test(said) ? 1 : /couple/i.test(said) ? 2 : (numberOf(said.toLowerCase()) ?? Number(said)));

type Groups = {readonly [group: string]: string | undefined};

const isColour = /^(?:blue|green|canary|stable)$/;
