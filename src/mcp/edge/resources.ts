import type {ResourceTemplateType} from '@modelcontextprotocol/server';
import {rightsCover} from '../../core/roles/rights.ts';
import {fenceData, freshNonce} from '../../core/text/fence-data.ts';
import type {EdgeResources} from './edge-registry.ts';
import type {EdgeCall} from './edge-tool.ts';
import {lines} from './kept-answers.ts';
import {answerTokens} from './listed-schema.ts';
import type {Needs} from './scopes.ts';

/** One kind of resource: an address, or a pattern of addresses, and the text that is there. */
export type EdgeResource = {
	/** Simple variables of RFC 6570 between slashes, such as `mkcoa://plans/{id}`; without one it is listed itself. */
	readonly uri: string;
	readonly name: string;
	readonly title: string;
	readonly description: string;
	/** What reading it takes. */
	readonly needs: Needs;
	/** Fenced; undefined where nothing is there for this caller. Variables come decoded. */
	readonly text: (values: {readonly [variable: string]: string}, call: EdgeCall) => Promise<string | undefined>;
};

const mimeType = 'text/plain';

/** Resources that are texts. */
export function textResources(resources: readonly EdgeResource[]): EdgeResources {
	const told = ({uri, name, title, description}: EdgeResource) => ({uri, name, title, description, mimeType});
	const listed = resources.filter(({uri}) => !uri.includes('{'));
	return {
		list: async () => listed.map(told),
		isFor(uri, {rights}) {
			const needs = resources.find(each => each.uri === uri)?.needs;
			return needs === undefined || rightsCover(rights, needs);
		},
		templates: resources
			.filter(({uri}) => uri.includes('{'))
			.map((each): ResourceTemplateType => {
				const {uri: uriTemplate, ...rest} = told(each);
				return {uriTemplate, ...rest};
			}),
		async read(uri, call) {
			for (const resource of resources) {
				const values = valuesIn(resource.uri, uri);
				if (values === undefined) continue;
				if (!rightsCover(call.caller.rights, resource.needs)) return undefined;
				const text = await resource.text(values, call);
				return text === undefined ? undefined : {contents: [{uri, mimeType, text}]};
			}
			return undefined;
		},
	};
}

/** Text from the cluster as a resource gives it: fenced, and within the usual budget. */
export function asData(origin: string, text: string): string {
	const shown = lines(text, 0, answerTokens.usual * 4 - 400);
	const cut = shown.length < text.length ? `\nNot shown: ${text.length - shown.length} characters. Ask with a tool and max_tokens.` : '';
	return `${fenceData({origin, text: shown}, freshNonce())}${cut}`;
}

/** Several sets of resources as one. */
export const joinedResources = (all: readonly EdgeResources[]): EdgeResources => ({
	list: async call => (await Promise.all(all.map(({list}) => list(call)))).flat(),
	templates: all.flatMap(({templates}) => templates),
	isFor: (uri, caller) => all.every(({isFor}) => isFor?.(uri, caller) ?? true),
	async read(uri, call) {
		for (const {read} of all) {
			const found = await read(uri, call);
			if (found !== undefined) return found;
		}
		return undefined;
	},
});

/** The variables of a pattern as an address gives them; undefined where it is another address, or is written badly. */
function valuesIn(pattern: string, uri: string): {readonly [variable: string]: string} | undefined {
	const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
	const source = pattern
		.split(/\{\w+\}/)
		.map(RegExp.escape)
		.join('([^/?#]{1,800})');
	const found = new RegExp(`^${source}$`).exec(uri);
	if (found === null) return undefined;
	try {
		return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
	} catch {
		return undefined;
	}
}
