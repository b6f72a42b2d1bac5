import type {Command, Help, HelpConfiguration, Option} from 'commander';
import type {Streams} from '../core/streams.ts';

const narrowest = 40;

/** Flags or commands of one command under their headings. */
function grouped(command: Command, helper: Help, isFlags: boolean, item: (term: string, summary: string) => string): string[] {
	const flags = (options: readonly Option[]) => options.map(option => item(helper.optionTerm(option), helper.optionDescription(option)));
	const children = (commands: readonly Command[]) =>
		commands.map(child => item(helper.subcommandTerm(child), helper.subcommandDescription(child)));
	const groups = isFlags
		? [...helper.groupItems([...command.options], helper.visibleOptions(command), option => option.helpGroupHeading ?? 'Flags:')].map(
				([heading, options]) => [heading, flags(options)] as const,
			)
		: [...helper.groupItems([...command.commands], helper.visibleCommands(command), child => child.helpGroup() || 'Commands:')].map(
				([heading, commands]) => [heading, children(commands)] as const,
			);
	return groups.flatMap(([heading, items]) => helper.formatItemList(heading, items, helper));
}

/** Usage, what it does, arguments, commands, flags: what is looked for most comes first. */
function formatHelp(command: Command, helper: Help): string {
	const width = helper.padWidth(command, helper);
	const item = (term: string, summary: string) => helper.formatItem(term, width, summary, helper);
	const words = helper.visibleArguments(command).map(argument => item(helper.argumentTerm(argument), helper.argumentDescription(argument)));
	return [
		`${helper.styleTitle('Usage:')} ${helper.commandUsage(command).replace('[options]', '[flags]')}`,
		'',
		helper.boxWrap(helper.commandDescription(command), helper.helpWidth ?? 80),
		'',
		...helper.formatItemList('Arguments:', words, helper),
		...grouped(command, helper, false, item),
		...grouped(command, helper, true, item),
	].join('\n');
}

/** How help texts are laid out, at the width of the terminal. */
export const helpLayout = (streams: Streams): HelpConfiguration => ({
	helpWidth: Math.max(narrowest, streams.width),
	minWidthToWrap: 20,
	subcommandTerm: child => [child.name(), ...child.aliases()].join('|'),
	styleTitle: title => (streams.colour && streams.outIsTerminal ? `\u001B[1m${title}\u001B[22m` : title),
	formatHelp,
});
