import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {isInScope} from '../names/scope-in.ts';
import type {Intent} from '../understanding.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {answer, bullet, inLanguage} from './say.ts';
import {podRunners} from './selection.ts';

/** A value that is kept somewhere under a name: a key of a ConfigMap, or a variable of a container. */
type Setting = {readonly object: KubeObject; readonly key: string; readonly value: string};

/** `Is dark_mode on?`, `what is PAGE_SIZE in staging`, `web의 LOG_LEVEL은 뭐야?` */
export const setting: Intent = {
	name: 'tell a setting',
	async understand(clause, world) {
		if (!asksToRead(clause)) return undefined;
		const {scope, mentions} = await mentionsIn(clause, world, ['ConfigMap', ...podRunners]);
		const named = mentions.flatMap(({objects}) => objects);
		const all = (await settingsIn(world)).filter(({object}) => isInScope(scope, object.metadata.namespace));
		const said = all.filter(each => isSaid(clause, each, named.includes(each.object)));
		const own = said.filter(({object}) => named.includes(object) || uses(named, object));
		const found = own.length > 0 ? own : said;
		if (found.length === 0) return undefined;
		const {language} = clause;
		const keys = [...new Set(found.map(({key}) => key))].join(', ');
		return answer(
			inLanguage(language, `What ${keys} is set to`, `${keys}의 값`),
			inLanguage(language, 'It is set here:', '설정된 곳:'),
			found.map(({object, key, value}) =>
				bullet(`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`, `${key} = ${value}`),
			),
			language,
		);
	},
};

/** Values of Secrets are nowhere among them: a variable that takes one is told by its source. */
async function settingsIn(world: World): Promise<readonly Setting[]> {
	const [maps, ...runners] = await Promise.all([world.objects('ConfigMap'), ...podRunners.map(kind => world.objects(kind))]);
	const ofMaps = maps.flatMap(object =>
		Object.entries(objectAt(object, 'data')).map(([key, value]) => ({object, key, value: String(value).slice(0, 300)})),
	);
	const ofRunners = runners.flat().flatMap(object =>
		containersOf(podSpecOf(object)).flatMap(container =>
			listAt(container, 'env').flatMap(variable => {
				const [key, value] = [textAt(variable, 'name'), textAt(variable, 'value')];
				return key === undefined || value === undefined ? [] : [{object, key, value}];
			}),
		),
	);
	return [...ofMaps, ...ofRunners];
}

const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Written as it is, or in words (`dark mode`); a key that is a plain word only beside what has it. */
function isSaid({words}: Clause, {key}: Setting, isNamed: boolean): boolean {
	const isPlain = /^[a-z]+$/i.test(key);
	const parts = key.split(/[_.-]/).length;
	return words.some(({raw}, at) => {
		if (raw === key) return !isPlain || isNamed || /^[A-Z]{3,}$/.test(key);
		const joined = words.slice(at, at + parts).map(word => word.raw);
		if (plain(joined.join('')) !== plain(key)) return false;
		return (parts > 1 && key.length > 5) || isNamed;
	});
}

/** Whether one of these takes its settings from the object. */
const uses = (named: readonly KubeObject[], {kind, metadata}: KubeObject) =>
	kind === 'ConfigMap' &&
	named.some(each => each.metadata.namespace === metadata.namespace && JSON.stringify(podSpecOf(each)).includes(`"${metadata.name}"`));
