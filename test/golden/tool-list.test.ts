import {expect, test} from 'vitest';
import {z} from 'zod';
import {everyTool} from '../support/every-tool.ts';

type Tool = (typeof everyTool)[number];

/** One field of an input as a line: name, type, whether it must be given, its default. */
function fieldLine([name, field]: readonly [string, unknown], required: readonly string[]): string {
	const {type, enum: choices, items, default: usual} = Object(field);
	const shape = Array.isArray(choices) ? choices.join('|') : type === 'array' ? `list of ${Object(items).type}` : String(type);
	const must = required.includes(name) ? ', required' : '';
	return `    ${name}: ${shape}${must}${usual === undefined ? '' : `, default ${JSON.stringify(usual)}`}`;
}

function entry({name, effect, command, aliases = [], positionals, input}: Tool): string {
	const {properties = {}, required = []} = z.toJSONSchema(input, {io: 'input'});
	const words = ['mkcoa', [command.join(' '), ...aliases].join('|'), ...positionals.map(word => word.toUpperCase())].join(' ');
	return [`${name} (${effect})`, `  ${words}`, ...Object.entries(properties).map(field => fieldLine(field, required))].join('\n');
}

test('the list of tools is the one that users, scripts and models were given', async () => {
	await expect(`${everyTool.map(entry).join('\n\n')}\n`).toMatchFileSnapshot('tool-list.txt');
});
