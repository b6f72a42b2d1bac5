import {stringify} from 'yaml';
import * as z from 'zod';
import {stripControl} from '../../../core/text/strip-control.ts';
import {readTool} from '../../../core/tool.ts';
import {findObject} from '../find-object.ts';
import {cleanedObject, shortened} from '../model/cleaned-object.ts';
import {answerCharacters} from '../model/fitting-rows.ts';
import {simplePath} from '../model/simple-path.ts';
import {command, kindField, nameOf, namespaceField, type OnCluster, readOnly} from '../tool-input.ts';

export const resourceGet = readTool({
	name: 'resource_get',
	summary: 'Shows one object without bookkeeping; of a Secret only the names and sizes of its values',
	effect: 'read',
	annotations: readOnly,
	command: command('get'),
	positionals: ['kind', 'name'],
	input: z.object({
		kind: kindField,
		name: nameOf('Object to show'),
		namespace: namespaceField,
		path: z.string().max(300).optional().describe('Part to show, such as .spec.template'),
	}),
	output: z.object({value: z.json(), leftOut: z.array(z.string())}),
	async run({kind, name, namespace, path}, {ports: {cluster}}: OnCluster) {
		const {object} = await findObject(cluster, {kind, name, namespace});
		const clean = cleanedObject(object);
		const parts = path === undefined ? [clean] : simplePath(path)(clean);
		const {value, cut} = shortened(parts.length === 1 ? (parts[0] ?? null) : parts);
		if (JSON.stringify(value).length <= answerCharacters) return {value: z.json().parse(value), leftOut: [...cut]};
		// Too large even so: the shape is told, and each part can be asked for.
		const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
		return {value: {parts: keys}, leftOut: [`${path ?? 'The object'} is larger than one answer: ask for one of its parts with --path`]};
	},
	text: ({value, leftOut}) => {
		const notes = leftOut.map(part => `# cut: ${part}`);
		return [stripControl(stringify(value, {lineWidth: 0})).trimEnd(), ...notes].join('\n');
	},
});
