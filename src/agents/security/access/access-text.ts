import {count} from '../../../core/text/count.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import type {Access} from './access-output.ts';

type Rows = {readonly headers: readonly string[]; readonly rows: readonly (readonly string[])[]};

const table = ({headers, rows}: Rows, view: View) => (rows.length === 0 ? [] : [textTable({headers, rows, view})]);

function grantRows({question, grants}: Access): Rows {
	const where = (namespace: string | undefined) => namespace ?? 'everywhere';
	if (question === 'who')
		return {
			headers: ['WHO', 'WHERE', 'ROLE', 'BINDING', 'ONLY'],
			rows: grants.map(({holder, namespace, role, binding, names = []}) => [holder, where(namespace), role, binding, names.join(', ')]),
		};
	const rights = (each: Access['grants'][number]) => (question === 'unused' ? each.unused : each.rules) ?? [];
	return {
		headers: ['WHERE', 'ROLE', 'BINDING', question === 'unused' ? 'UNUSED' : 'RIGHTS'],
		rows: grants.map(each => [where(each.namespace), each.role, each.binding, rights(each).join('; ')]),
	};
}

const pathLines = ({paths}: Access, view: View) =>
	paths.flatMap(({holder, isAdmin, steps}) => [
		...textLines(
			isAdmin ? '! ' : '✗ ',
			isAdmin ? `${holder} is as good as cluster-admin` : `${holder}, ${count(steps.length, 'step')}`,
			view,
		),
		...steps.flatMap(({from, to, how, by, assumes}, index) =>
			textLines(
				`  ${index + 1} `,
				`${isAdmin ? '' : `${from} ${how}: ${to}`}${by.length === 0 ? '' : `${isAdmin ? '' : ', by '}${by.join(' and ')}`}${assumes === undefined ? '' : `; if there is ${assumes}`}`,
				view,
			),
		),
	]);

const roleLines = ({role}: Access, view: View) =>
	role === undefined
		? []
		: [
				'',
				role.manifest.trimEnd(),
				'',
				...textLines(
					'',
					role.refused.length === 0 ? 'Proven: it allows each of the requests' : `It does not allow: ${role.refused.join('; ')}`,
					view,
				),
				...textLines(
					'',
					role.beyond.length === 0 ? 'Proven: it allows nothing else' : `Beyond the requests it allows: ${role.beyond.join('; ')}`,
					view,
				),
			];

const identityRows = ({identities}: Access): Rows => ({
	headers: ['CLOUD', 'IDENTITY', '', 'KUBERNETES', 'SAID BY'],
	rows: identities.map(({cloud, identity, direction, holders, source}) => [
		cloud,
		identity,
		direction === 'in' ? 'signs in as' : 'is used by',
		holders.join(', '),
		source,
	]),
});

/** The answer first, then what it rests on, and what was not looked at. */
export function accessText(access: Access, view: View): string {
	const {answer, missing, dangling, leftOut, notes, notChecked} = access;
	return [
		...textLines('', answer, view),
		...missing.flatMap(text => textLines('  - ', text, view)),
		...table(grantRows(access), view),
		...pathLines(access, view),
		...roleLines(access, view),
		...table(identityRows(access), view),
		...dangling.flatMap(({cause}) => textLines('! ', cause, view)),
		...(leftOut === 0 ? [] : [`and ${leftOut} more`]),
		...notes.flatMap(text => textLines('- ', text, view)),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
