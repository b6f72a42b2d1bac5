import type {JsonObject} from '../../../../core/json.ts';
import {pairsIn} from '../../words/values.ts';
import {lacking, type Made} from '../made.ts';
import {nameIn} from '../name-in.ts';
import {metadataIn} from '../reading/metadata-words.ts';
import {isFixed, namedKeys, randomIn, secretTypeIn, typedValues, variablesIn} from '../reading/secret-words.ts';
import {alreadyThere, placeOf, type Scene} from '../scene.ts';
import {filesIn} from './settings.ts';

const called = (input: JsonObject): Made => ({kind: 'calls', calls: [{tool: 'secret_manage', input}]});

/** A Secret whose values come from variables, files, another Secret or chance; one that stands in the request is not taken. */
export async function makeSecret(scene: Scene): Promise<Made> {
	const {wish, world} = scene;
	const files = await filesIn(scene);
	const name = nameIn(scene, new Set(files.map(({at}) => at)));
	if (name === undefined) return lacking(wish, 'What should the Secret be called?', '시크릿 이름을 무엇으로 할까요?');
	const namespace = placeOf(scene);
	const there = await alreadyThere(scene, 'Secret', name, namespace);
	if (there !== undefined) return there;
	const taken = new Set([name, ...scene.namespaces]);
	const chance = randomIn(wish, name, taken);
	const given = variablesIn(wish, name, taken, variable => world.hasVariable(variable));
	// A key in capitals that gets a random value is no variable.
	const variables = given.filter(({variable}) => world.hasVariable(variable) || !chance.some(each => each.split('=')[0] === variable));
	// `key url from A and key token random`: what comes from somewhere is none of chance.
	const random = chance.filter(each => !variables.some(({key}) => key === each.split('=')[0]));
	const unset = variables.find(({variable}) => !world.hasVariable(variable));
	if (unset !== undefined)
		return lacking(
			wish,
			`The environment has no variable ${unset.variable}. Export it, or name another one.`,
			`환경변수 ${unset.variable}이(가) 없습니다. 먼저 설정하거나 다른 변수를 알려 주세요.`,
		);
	const isTyped = typedValues(wish, new Set(files.map(({path}) => path)));
	if (isTyped || files.length + variables.length + random.length === 0) return withoutSource(scene, name, namespace);
	const keys = [...variables.map(({key}) => key), ...files.map(({key}) => key)];
	const type = secretTypeIn(wish, name, keys);
	const labels = Object.entries(metadataIn(wish).labels).map(([key, value]) => `${key}=${value}`);
	return called({
		name,
		namespace,
		...(variables.length === 0 ? {} : {fromEnv: variables.map(({key, variable}) => `${key}=${variable}`)}),
		...(files.length === 0 ? {} : {fromFile: files.map(({key, path}) => `${key}=${path}`)}),
		...(random.length === 0 ? {} : {random}),
		...(type === undefined ? {} : {type}),
		...(labels.length === 0 ? {} : {labels}),
		...(isFixed(wish) ? {immutable: true} : {}),
		...(scene.planned.some(({kind, metadata}) => kind === 'Namespace' && metadata.name === namespace) ? {namespaceToCome: true} : {}),
	});
}

/** A value in the request would stand in the conversation: it is not repeated, and not used. Keys alone are asked for unseen. */
function withoutSource({wish, namespaces}: Scene, name: string, namespace: string): Made {
	const keys = namedKeys(wish, name, new Set([name, ...namespaces]));
	if (pairsIn(wish).length === 0 && keys.length > 0) return called({name, namespace, keys});
	return lacking(
		wish,
		`Where do the values of Secret ${name} come from? A value in a request would stay in the conversation, so it is not used: name an environment variable or a file, or ask for a random one.`,
		`시크릿 ${name}의 값은 어디에서 읽을까요? 요청에 쓴 값은 대화에 남으므로 쓰지 않습니다. 환경변수나 파일을 알려 주시거나, 랜덤 값을 요청하세요.`,
	);
}
