import type {EdgeResources} from '../edge-registry.ts';
import {titleOf} from '../listed-schema.ts';
import type {SkillsFor} from './attach-skills.ts';

const mimeTypes: {readonly [extension: string]: string} = {
	md: 'text/markdown',
	json: 'application/json',
	yaml: 'application/yaml',
	yml: 'application/yaml',
};

const mimeTypeOf = (uri: string) => mimeTypes[/\.(\w+)$/.exec(uri)?.[1] ?? ''] ?? 'text/plain';

/** Files of skills, as resources: each `SKILL.md` is listed, what else a skill has is named by its entry. */
export const skillResources = (skillsFor: SkillsFor): EdgeResources => ({
	list: async ({context}) =>
		skillsFor(context).map(({entry: {uri, frontmatter}}) => ({
			uri,
			name: frontmatter.name,
			title: titleOf(frontmatter.name.replaceAll('-', '_')),
			description: frontmatter.description,
			mimeType: mimeTypeOf(uri),
		})),
	templates: [],
	async read(uri, {context}) {
		for (const {files} of skillsFor(context)) {
			const text = files.get(uri);
			if (text !== undefined) return {contents: [{uri, mimeType: mimeTypeOf(uri), text}]};
		}
		return undefined;
	},
});
