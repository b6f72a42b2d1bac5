import {refKey, refText} from '../../core/kube/kube-object.ts';
import {count, someOf} from '../../core/text/count.ts';
import {textLines} from '../../core/text/styled.ts';
import {uncheckedLines} from '../../core/text/unchecked-lines.ts';
import type {View} from '../../core/tool.ts';
import type {Impact} from './impact-output.ts';

type Reached = Impact['reached'][number];

/** So many alike that nothing else hangs on are told in one line. */
const mostAlike = 3;

/** A line of the tree with what hangs on it. */
type Branch = {readonly text: string; readonly branches: readonly Branch[]};

const alike = ({ref: {kind}, how}: Reached) => `${kind} ${how}`;

function branchesOf(parent: Reached['by'], byParent: ReadonlyMap<string, readonly Reached[]>, isUp: boolean): readonly Branch[] {
	const children = byParent.get(refKey(parent)) ?? [];
	const isLeaf = ({ref}: Reached) => !byParent.has(refKey(ref));
	const groups = [...Map.groupBy(children, each => `${isLeaf(each)} ${alike(each)}`).values()];
	return groups.flatMap((group): readonly Branch[] => {
		const [first] = group;
		if (first === undefined) return [];
		if (isLeaf(first) && group.length > mostAlike)
			return [
				{text: `${count(group.length, first.ref.kind)} (${someOf(group.map(({ref}) => ref.name))}): ${said(first, isUp)}`, branches: []},
			];
		return group.map(each => ({text: `${refText(each.ref)}: ${said(each, isUp)}`, branches: branchesOf(each.ref, byParent, isUp)}));
	});
}

/** Upwards it is what stands above in the tree that does so. */
const said = ({how, by}: Reached, isUp: boolean) => (isUp ? `the ${by.kind} ${how}` : how);

function lines(branches: readonly Branch[], indent: string, view: View): readonly string[] {
	return branches.flatMap(({text, branches: below}, index) => {
		const isLast = index === branches.length - 1;
		const next = `${indent}${isLast ? '  ' : '│ '}`;
		const [head = '', ...more] = textLines(`${indent}${isLast ? '└ ' : '├ '}`, text, view);
		return [head, ...more.map(line => `${next}${line.slice(next.length)}`), ...lines(below, next, view)];
	});
}

const countsText = (counts: Impact['counts']) =>
	someOf(
		Object.entries(counts).map(([kind, amount]) => count(amount, kind)),
		12,
	);

/** A tree of what leans on an object, with the reason of each edge. */
export function impactText({target, isThere, up, namesakes, reached, counts, leftOut, notChecked}: Impact, view: View): string {
	const name = refText(target);
	const head =
		reached.length === 0
			? `${up ? `${name} needs nothing` : `Nothing leans on ${name}`} that was looked at`
			: up
				? `${name} needs ${countsText(counts)}`
				: `On ${name} ${reached.length + leftOut === 1 ? 'leans' : 'lean'} ${countsText(counts)}`;
	const byParent = Map.groupBy(reached, ({by}) => refKey(by));
	return [
		...textLines('', head, view),
		...(reached.length === 0 ? [] : ['', `${name}${isThere ? '' : ' (not there)'}`]),
		...lines(branchesOf(target, byParent, up), '', view),
		...(leftOut === 0 ? [] : ['', `${count(leftOut, 'object')} further away left out`]),
		...(namesakes.length === 0
			? []
			: ['', ...textLines('', `Named so too: ${someOf(namesakes.map(refText))}; name one as KIND/NAME`, view)]),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
