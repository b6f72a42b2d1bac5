import {Box, Text} from 'ink';
import type {Line} from '../core/text/styled.ts';
import type {Theme} from './theme.ts';

type Props = {readonly lines: readonly Line[]; readonly theme: Theme};

/** Lines that are laid out already: one row each. The places of lines and spans are their keys, for nothing in them moves. */
export const StyledLines = ({lines, theme}: Props) => (
	<Box flexDirection="column">
		{lines.map((line, row) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
			<Text key={row} wrap="truncate">
				{line.length === 0
					? ' '
					: line.map(({text, tone}, place) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: a span is its place
							<Text key={place} {...theme[tone]}>
								{text}
							</Text>
						))}
			</Text>
		))}
	</Box>
);
