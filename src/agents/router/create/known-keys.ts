import type {JsonObject} from '../../../core/json.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import {lacking, type Made} from './made.ts';
import {objectsOf, type Scene} from './scene.ts';

const sources = [
	['configMapKeyRef', 'ConfigMap'],
	['secretKeyRef', 'Secret'],
] as const;

/** What has to be asked where a variable takes a key that its ConfigMap or Secret does not have. Undefined: none does. */
export async function lacksKey(scene: Scene, namespace: string, env: readonly JsonObject[]): Promise<Made | undefined> {
	for (const [field, kind] of sources)
		for (const variable of env) {
			const [name, key] = [textAt(variable, 'valueFrom', field, 'name'), textAt(variable, 'valueFrom', field, 'key')];
			if (name === undefined || key === undefined) continue;
			const source = (await objectsOf(scene, kind, namespace)).find(({metadata}) => metadata.name === name);
			const keys = source === undefined ? [] : Object.keys({...objectAt(source, 'data'), ...objectAt(source, 'stringData')});
			if (keys.length === 0 || keys.includes(key)) continue;
			const said = textAt(variable, 'name') ?? '';
			return lacking(
				scene.wish,
				`${kind} ${name} has no key ${key}. Which of its keys should ${said} take: ${keys.join(', ')}?`,
				`${kind} ${name}에는 ${key} 키가 없습니다. ${said}에 어느 키를 쓸까요: ${keys.join(', ')}?`,
			);
		}
	return undefined;
}
