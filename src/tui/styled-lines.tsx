import {Box, Text, type TextProps} from 'ink';
import type {Line, Tone} from '../core/text/styled.ts';

const looks: {readonly [tone in Tone]: TextProps} = {
	plain: {},
	strong: {bold: true},
	dim: {dimColor: true},
	good: {color: 'green'},
	bad: {color: 'red'},
	warn: {color: 'yellow'},
	accent: {color: 'cyan'},
};

type Props = {readonly lines: readonly Line[]; readonly colour: boolean};

/** Lines that are laid out already: one row each. The places of lines and spans are their keys, for nothing in them moves. */
export const StyledLines = ({lines, colour}: Props) => (
	<Box flexDirection="column">
		{lines.map((line, row) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
			<Text key={row} wrap="truncate">
				{line.length === 0
					? ' '
					: line.map(({text, tone}, place) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: a span is its place
							<Text key={place} {...(colour ? looks[tone] : {})}>
								{text}
							</Text>
						))}
			</Text>
		))}
	</Box>
);
