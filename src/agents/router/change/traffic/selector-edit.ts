import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Intent} from '../../understanding.ts';
import {pairsIn} from '../../words/values.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, editTargets} from '../edit-targets.ts';
import {sidesMeant} from './side-words.ts';
import {siblingsBehind} from './switch-selector.ts';

const selecting = /\bselect(?:s|or|ors|ing|ion)?\b|셀렉터|선택자|셀렉트/i;
const removing =
	/\b(?:remove|drop|delete|take|leave|strip|cut|without|lose|forget|ignore|no longer|not)\b|빼|제거|없애|없이|삭제|지우|지워|떼/i;
const only = /\b(?:only|alone|just|nothing but|solely)\b|만(?:으로|\s|을|$)|하나로/i;
/** Both sides at once: what parts them goes. */
const bothSides =
	/\bboth (?:colou?rs|sides|tracks|versions|variants)\b|\b(?:blue and green|green and blue)(?: alike| both| together|\b)|\ball (?:colou?rs|tracks|versions)\b|\bregardless of\b|(?:블루|그린|blue|green|트랙|색)[^.]*(?:양쪽|둘)\s?(?:다|모두)|블루(?:와|랑|하고)?\s?그린\s?(?:모두|다|둘)/i;

/** `both colours of web go to 5 pods` says nothing of who is served. */
const served =
	/\b(?:traffic|services?|serv(?:e|es|ed|ing)|rout\w+|send\w*|balanc\w+|spread|requests|users|customers|clients|load|reach\w*|calls|svc|lb)\b|트래픽|서비스|요청|사용자|보내|분산|부하/i;

/** Keys of the selector that a clause names: `track`, `the track label`. */
const keysSaid = ({clause}: Asking, selector: object) =>
	Object.keys(selector).filter(key => new RegExp(`(?<![\\w./-])${key.replaceAll('.', '\\.')}(?![\\w./-])`, 'i').test(clause.text));

/** Keys whose values part the workloads behind a Service from their siblings. */
async function partingKeys({world}: Asking, service: KubeObject): Promise<readonly string[]> {
	const selector = objectAt(service, 'spec', 'selector');
	const labels = (await world.objects('Deployment', service.metadata.namespace)).map(one =>
		objectAt(one, 'spec', 'template', 'metadata', 'labels'),
	);
	return Object.keys(selector).filter(key => {
		const rest = Object.keys(selector).filter(other => other !== key);
		return (
			rest.length > 0 &&
			labels.some(each => rest.every(other => each[other] === selector[other]) && each[key] !== undefined && each[key] !== selector[key])
		);
	});
}

/** `only track, to green`: the key gets another value. */
async function isSwitch(asking: Asking, service: KubeObject): Promise<boolean> {
	const siblings = siblingsBehind(service, await asking.world.objects('Deployment', service.metadata.namespace));
	return sidesMeant(asking, service, siblings).some(({isThere}) => !isThere);
}

function without(service: KubeObject, keys: readonly string[]): Edit {
	const selector = objectAt(service, 'spec', 'selector');
	const left = Object.fromEntries(Object.entries(selector).filter(([key]) => !keys.includes(key)));
	return {after: changeAt(service, ['spec', 'selector'], () => left), told: `selector ${JSON.stringify(left)}`};
}

async function edited(asking: Asking, service: KubeObject): Promise<Edit | Question | undefined> {
	const {clause} = asking;
	const selector = objectAt(service, 'spec', 'selector');
	const keys = Object.keys(selector);
	const pairs = pairsIn(clause);
	if (pairs.length > 0 && selecting.test(clause.text)) {
		const said = Object.fromEntries(pairs.map(({key, value}) => [key, value]));
		const next = only.test(clause.text) ? said : {...selector, ...said};
		return {after: changeAt(service, ['spec', 'selector'], () => next), told: `selector ${JSON.stringify(next)}`};
	}
	if (!bothSides.test(clause.text) && (await isSwitch(asking, service))) return undefined;
	const named = keysSaid(asking, selector);
	const isOnly = selecting.test(clause.text) && only.test(clause.text) && named.length > 0;
	const isRemoved = selecting.test(clause.text) && removing.test(clause.text) && named.length > 0;
	const gone = isOnly
		? keys.filter(key => !named.includes(key))
		: isRemoved
			? named
			: bothSides.test(clause.text)
				? await partingKeys(asking, service)
				: [];
	if (gone.length === 0) return undefined;
	if (gone.length < keys.length) return without(service, gone);
	return question(
		clause,
		`Without ${gone.join(', ')} Service ${service.metadata.name} would select no pods. What should it select?`,
		`${gone.join(', ')}을(를) 빼면 서비스 ${service.metadata.name}이(가) 고르는 파드가 없습니다. 무엇을 골라야 할까요?`,
	);
}

/** Takes keys out of the selector of a Service, or gives it others. */
export const selectorEdit: Intent = {
	name: 'selector',
	async understand(clause, world, talk) {
		const joins = bothSides.test(clause.text) && served.test(clause.text);
		if (!selecting.test(clause.text) && !joins) return undefined;
		if (!selecting.test(clause.text) && /\b(?:delete|remove|drop)\b|삭제|지우|지워/i.test(clause.text)) return undefined;
		const asking = {clause, world, talk};
		return editTargets(asking, ['Service'], object => edited(asking, object));
	},
};
