import { textParts } from './text_parts';

export function RichText({ text, names }: { text: string; names?: readonly string[] | undefined }) {
  return (
    <span className="rich-text" dir="auto">
      {textParts(text, names).map((part, at) => {
        switch (part.type) {
          case 'text':
            return part.text;
          case 'mention':
            return (
              <strong key={at} className="mention-name">
                {part.text}
              </strong>
            );
          case 'link':
            return (
              <a key={at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
                {part.text}
              </a>
            );
        }
      })}
    </span>
  );
}
