#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/dict.h>
#include <string.h>

// XML_SAX2_MAGIC is a macro expression that Swift does not import.
static inline void spiegel_sax2_init(xmlSAXHandler *handler) {
  memset(handler, 0, sizeof *handler);
  handler->initialized = XML_SAX2_MAGIC;
}
