import {stringify} from 'yaml';
import type {Json} from '../../../../core/json.ts';
import {oneLine} from '../../../../core/text/one-line.ts';
import type {View} from '../../../../core/tool.ts';
import {type FindingOutput, findingLines} from './finding-output.ts';

/**
 * Manifests as YAML, with what the checks say as comments below: whoever applies the text, or reviews it in a repository, has both.
 */
export function setText(
	{objects, findings}: {readonly objects: readonly Json[]; readonly findings: readonly FindingOutput[]},
	view: View,
): string {
	const documents = objects.map(object => stringify(object, {lineWidth: 0, aliasDuplicateObjects: false}));
	const remarks = findingLines(findings, {...view, width: view.width - 2}).map(line => `# ${oneLine(line)}`);
	return `${documents.join('---\n')}${remarks.join('\n')}`;
}
