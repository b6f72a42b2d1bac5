import {isJsonObject, type Json} from '../../../../src/core/json.ts';

const textsIn = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** What the rules of a role grant, one text for each API group, resource, verb and resource name, however the rules are cut. */
export function grantsOf(rules: Json | undefined): readonly string[] {
	const grants = new Set<string>();
	for (const rule of Array.isArray(rules) ? rules : []) {
		if (!isJsonObject(rule)) continue;
		const names = textsIn(rule.resourceNames);
		const verbs = textsIn(rule.verbs);
		for (const verb of verbs) {
			for (const url of textsIn(rule.nonResourceURLs)) grants.add(JSON.stringify([url, verb]));
			for (const group of textsIn(rule.apiGroups))
				for (const resource of textsIn(rule.resources))
					for (const name of names.length === 0 ? [null] : names) grants.add(JSON.stringify([group, resource, verb, name]));
		}
	}
	return [...grants].sort();
}
